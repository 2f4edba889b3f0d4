import { and, desc, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { readings } from './schema.js';

/** The readings in PostgreSQL; every method throws Drizzle's DrizzleQueryError when the database refuses or is away. */
export function readingStore(pool) {
  const database = drizzle(pool);
  return {
    /** True when the reading is new, false when its id was there already. */
    async add(reading) {
      const inserted = await database
        .insert(readings)
        .values(reading)
        .onConflictDoNothing({ target: readings.id })
        .returning({ id: readings.id });
      return inserted.length === 1;
    },

    async find(id) {
      const [reading] = await database.select().from(readings).where(eq(readings.id, id));
      return reading;
    },

    /** The newest readings first, of one sensor or of all. */
    async newest(sensorId, limit) {
      return database
        .select()
        .from(readings)
        .where(and(sensorId === undefined ? undefined : eq(readings.sensorId, sensorId)))
        .orderBy(desc(readings.takenAt))
        .limit(limit);
    },
  };
}
