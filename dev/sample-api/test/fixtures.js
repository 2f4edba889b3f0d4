import pino from 'pino';
import { buildApp } from '../src/app.js';
import { serverConfig } from '../src/config.js';

export const READING = {
  id: '0b6f5a0c-6f8a-4a6e-9b43-1c9f5f0f4a11',
  sensorId: 'cold-store-1',
  celsius: 4.5,
  takenAt: '2026-03-01T08:00:00.000Z',
};

/** Readings in memory. */
export function memoryStore() {
  const stored = new Map();
  return {
    stored,
    async add(reading) {
      const isNew = !stored.has(reading.id);
      if (isNew) {
        stored.set(reading.id, reading);
      }
      return isNew;
    },
    async find(id) {
      return stored.get(id);
    },
    async newest(sensorId, limit) {
      return [...stored.values()].filter((reading) => sensorId === undefined || reading.sensorId === sensorId).slice(0, limit);
    },
  };
}

/** A peer that answers, or that fails with `reason`. */
export function peer(name, reason) {
  return {
    name,
    check: async () => {
      if (reason) {
        throw new Error(reason);
      }
    },
    close: async () => undefined,
  };
}

/** The API with the environment `env`, readings in memory and `peers` (by default a database that answers). */
export function testApp(env = {}, peers = [peer('database')], store = memoryStore()) {
  const config = serverConfig({ VERSION: 'v1', FRESHTRACK_UNIT: 'a', ...env });
  return buildApp({ config, store, peers, logger: pino({ level: 'silent' }) });
}
