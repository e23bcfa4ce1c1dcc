"""The engine: records, commands, rules, the room. It knows no activity. Its rules by number: `README.md`."""
