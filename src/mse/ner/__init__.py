"""People, posts, organizations and places: rules over lexicons, a trained model beside them, who holds what."""

from mse.ner.recognize import entities, officials

__all__ = ["entities", "officials"]
