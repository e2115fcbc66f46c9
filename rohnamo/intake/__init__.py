"""Door for partners' registers: sheets in, a verdict for every row out."""
