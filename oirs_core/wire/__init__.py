"""The one shape of an event on disk and wire, and the exchange between counter and centre."""
