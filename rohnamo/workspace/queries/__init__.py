"""What pages of the staff door show: values ready for the parts of ui, in the reader's language."""
