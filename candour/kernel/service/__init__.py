"""Service tokens: what a script holds to read and write on behalf of a post, and what the API of every app shares."""
