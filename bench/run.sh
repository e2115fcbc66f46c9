#!/bin/sh
# What `make bench` does: one command each, every one prints a ratio against a peer in the same run. SIZE of each is set so
# that all end within some ten minutes on two cores; the head of each file says how to run it at full size.
BIN=$1
set -e
echo "— web: published pages beside a stock Wagtail page"
"$BIN/python" -m bench.web
echo "— intake: a register into known people, beside openpyxl's bare reading"
"$BIN/python" -m bench.intake --known 100000 --rows 10000
echo "— counting: a report beside COUNT(DISTINCT)"
"$BIN/python" -m bench.counting --deliveries 300000
echo "— iati: 900 activities in, beside bare parsing"
"$BIN/python" -m bench.iati
echo "— reports: 480 indicators with all breakdowns as a spreadsheet, beside openpyxl"
"$BIN/python" -m bench.reports
