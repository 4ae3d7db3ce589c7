"""Commands of `mse` that live in files of their own; each module's `add_to(app)` puts its commands into the app.

What a command needs is imported when it runs.
"""
