"""What the benches share: the server under test, its load, its rivals, its made-up crowd."""
