"""One self-contained HTML file: reports with their facts, charts and findings. No server, no network."""

from mse.view.page.write import Written, write_folder, write_page

__all__ = ["Written", "write_folder", "write_page"]
