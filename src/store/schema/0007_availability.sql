-- Who works when (H7).

-- Working hours of their own; without them those of the main team count. An id of sla_hours.
ALTER TABLE users ADD COLUMN hours_id {int};
-- What they say themselves: available or away.
ALTER TABLE users ADD COLUMN availability {text} NOT NULL DEFAULT 'available';
-- For members without working hours of their own.
ALTER TABLE teams ADD COLUMN hours_id {int};
