import pino from 'pino';
import { buildApp } from './app.js';
import { serverConfig } from './config.js';
import { databasePeer, databasePool, redisPeer, storagePeer } from './peers.js';
import { readingStore } from './readings.js';
import { leave } from './shutdown.js';

const logger = pino();
const config = configuration();
const pool = databasePool(config, logger);
const peers = [databasePeer(pool)];
if (config.redisUrl) {
  peers.push(redisPeer(config.redisUrl, logger));
}
if (config.storage) {
  peers.push(storagePeer(config.storage));
}

const app = buildApp({ config, store: readingStore(pool), peers, logger });
let leaving = false;
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, async () => {
    if (!leaving) {
      leaving = true;
      process.exit(await leave(app, config.drainSeconds));
    }
  });
}

await app.listen({ host: '0.0.0.0', port: config.port });
logger.info(
  {
    version: config.version,
    unit: config.unit,
    fault: config.fault,
    auth: config.auth.jwksUrl ? 'bearer tokens' : 'open: AUTH_JWKS_URL is not set',
  },
  'started',
);

function configuration() {
  try {
    return serverConfig(process.env);
  } catch (error) {
    logger.fatal(error.message);
    process.exit(1);
  }
}
