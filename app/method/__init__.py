"""The method as data: its five phases, and the agendas a workshop can be made from."""
