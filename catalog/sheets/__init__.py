"""表格导入: laboratories and products that come in as a spreadsheet: read, shown row by row, published, undone as a whole."""
