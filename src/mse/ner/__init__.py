"""People, posts, organizations and places: rules over lexicons, a trained model beside them, who holds what."""
