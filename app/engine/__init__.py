"""The engine: records, commands, rules, the room. It knows no activity. `README.md` numbers its rules."""
