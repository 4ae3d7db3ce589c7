"""`python -m mse` is the command `mse`."""

from mse.cli import app

if __name__ == "__main__":
    app(prog_name="mse")
