import { setTimeout as pause } from 'node:timers/promises';
import { DrizzleQueryError } from 'drizzle-orm';
import Fastify, { LogController } from 'fastify';
import { bearerHook } from './auth.js';
import { readingOf, uplinkSchema } from './ttn.js';

const UNREADY_FAULT_MILLIS = 20_000;
const SLOW_POST_MILLIS = 500;

const readingSchema = {
  type: 'object',
  required: ['id', 'sensorId', 'celsius', 'takenAt'],
  additionalProperties: false,
  properties: {
    id: { type: 'string', format: 'uuid' },
    sensorId: { type: 'string', minLength: 1, maxLength: 128 },
    celsius: { type: 'number', minimum: -273.15, maximum: 1000 },
    takenAt: { type: 'string', format: 'date-time' },
  },
};
const idSchema = { type: 'object', properties: { id: { type: 'string', format: 'uuid' } } };
const listSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    sensorId: { type: 'string', minLength: 1, maxLength: 128 },
    limit: { type: 'string', pattern: '^([1-9][0-9]{0,2}|1000)$' }, // query values are text; 1 to 1000
  },
};

/**
 * The API. `config` is what serverConfig gives, `store` holds the readings, `peers` are what /ready asks
 * ({name, check, close}; the one named 'database' decides). `app.drain()` makes /ready fail while everything else is still served.
 */
export function buildApp({ config, store, peers, logger }) {
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    return503OnClosing: false, // whoever still reaches us on an open connection is served, then told to close it
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allErrors: true } },
  });
  const startedAt = Date.now();
  let draining = false;
  app.decorate('drain', () => {
    draining = true;
  });

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-freshtrack-version', config.version).header('x-freshtrack-unit', config.unit);
    if (config.fault === 'error-500') {
      return reply.code(500).send({ error: 'FAULT=error-500' });
    }
    if (config.fault === 'slow-post' && request.method === 'POST') {
      await pause(SLOW_POST_MILLIS);
    }
  });

  app.addHook('onSend', async (request, reply) => {
    if (draining) {
      reply.header('connection', 'close'); // when answering: a request may have come before the drain began
    }
  });

  app.setErrorHandler((error, request, reply) => {
    if (error.statusCode < 500) {
      return reply.code(error.statusCode).send({ error: error.message });
    }
    const cause = error instanceof DrizzleQueryError ? error.cause : error;
    request.log.error({ reason: cause?.message, code: cause?.code, url: request.url }, 'a request failed');
    return error instanceof DrizzleQueryError
      ? reply.code(503).header('retry-after', '1').send({ error: 'the database did not answer' })
      : reply.code(500).send({ error: 'internal error' });
  });

  app.get('/health', async () => ({ status: 'alive' }));
  app.get('/version', async () => ({ version: config.version, unit: config.unit }));
  app.get('/ready', async (request, reply) => {
    if (draining) {
      return reply.code(503).send({ status: 'draining' });
    }
    if (config.fault === 'never-ready' || (config.fault === 'unready-20s' && Date.now() - startedAt < UNREADY_FAULT_MILLIS)) {
      return reply.code(503).send({ status: 'unready', reason: `FAULT=${config.fault}` });
    }
    const checks = await reportOf(peers);
    const ready = checks.database === 'ok';
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'unready', checks });
  });

  app.register(async (product) => {
    if (config.auth.jwksUrl) {
      product.addHook('onRequest', bearerHook(config.auth));
    }
    product.post('/readings', { schema: { body: readingSchema } }, async (request, reply) =>
      created(reply, store, { ...request.body, takenAt: new Date(request.body.takenAt) }),
    );
    product.post('/webhooks/ttn', { schema: { body: uplinkSchema } }, async (request, reply) =>
      created(reply, store, readingOf(request.body)),
    );
    product.get('/readings/:id', { schema: { params: idSchema } }, async (request, reply) => {
      const reading = await store.find(request.params.id);
      return reading ?? reply.code(404).send({ error: 'no reading has this id' });
    });
    product.get('/readings', { schema: { querystring: listSchema } }, async (request) =>
      store.newest(request.query.sensorId, Number(request.query.limit ?? 100)),
    );
  });

  app.addHook('onClose', async () => {
    await Promise.allSettled(peers.map((peer) => peer.close()));
  });
  return app;
}

/** 201 for a reading that is new, 200 for one that is stored already. */
async function created(reply, store, reading) {
  const isNew = await store.add(reading);
  return reply.code(isNew ? 201 : 200).send({ id: reading.id, stored: isNew });
}

/** Asks all peers at once: 'ok', or why not. */
async function reportOf(peers) {
  const answers = await Promise.all(
    peers.map(async ({ name, check }) => {
      try {
        await check();
        return [name, 'ok'];
      } catch (error) {
        return [name, error.message || error.code || 'failed'];
      }
    }),
  );
  return Object.fromEntries(answers);
}
