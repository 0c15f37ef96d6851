"""导出表格: any list of the portal as a spreadsheet, at once or by a worker."""
