"""The register as a workbook that people edit: its columns, and the writer."""
