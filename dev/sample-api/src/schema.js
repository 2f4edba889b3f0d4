import { doublePrecision, index, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/** One temperature, in degrees Celsius, measured by one sensor; the id is the client's, so that sending twice stores once. */
export const readings = pgTable(
  'readings',
  {
    id: uuid('id').primaryKey(),
    sensorId: text('sensor_id').notNull(),
    celsius: doublePrecision('celsius').notNull(),
    takenAt: timestamp('taken_at', { withTimezone: true }).notNull(),
    receivedAt: timestamp('received_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('readings_sensor_taken').on(table.sensorId, table.takenAt.desc())],
);
