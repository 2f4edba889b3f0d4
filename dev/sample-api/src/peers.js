import { AwsClient } from 'aws4fetch';
import pg from 'pg';
import { createClient } from 'redis';

// The whole answer of /ready must come within the second that a load balancer's health check waits.
const DATABASE_CHECK_MILLIS = 900;
const OPTIONAL_CHECK_MILLIS = 500;

/** The answer of `work`, or an Error after `millis` milliseconds. */
async function within(millis, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${millis} ms`)), millis);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The pool of connections to the pooler; it opens none until one is needed, and replaces those that break. */
export function databasePool(config, log) {
  const pool = new pg.Pool({
    connectionString: config.databaseUrl,
    max: config.databasePoolMax,
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
    keepAlive: true,
    application_name: 'freshtrack-api',
  });
  pool.on('error', (error) => log.warn({ reason: error.message }, 'a database connection was lost'));
  return pool;
}

/** The database as a peer of /ready. */
export function databasePeer(pool) {
  return {
    name: 'database',
    check: () => within(DATABASE_CHECK_MILLIS, pool.query({ text: 'SELECT 1', query_timeout: DATABASE_CHECK_MILLIS })),
    close: () => pool.end(),
  };
}

/** Redis as a peer of /ready: connects in the background, and again whenever the connection breaks. */
export function redisPeer(redisUrl, log) {
  const client = createClient({
    url: redisUrl,
    disableOfflineQueue: true,
    socket: { connectTimeout: 1_000, reconnectStrategy: (retries) => Math.min(100 * 2 ** retries, 2_000) },
  });
  let reported;
  client.on('ready', () => (reported = undefined));
  client.on('error', (error) => {
    if (reported !== error.message) {
      log.warn({ reason: error.message }, 'Redis is away');
      reported = error.message;
    }
  });
  client.connect().catch(() => undefined); // every failure has come as an 'error' event already
  return {
    name: 'redis',
    check: () => within(OPTIONAL_CHECK_MILLIS, client.ping()),
    close: async () => client.isOpen && client.destroy(),
  };
}

/** Object storage as a peer of /ready: the bucket answers to our keys. */
export function storagePeer(storage) {
  const client = new AwsClient({
    accessKeyId: storage.accessKey ?? '',
    secretAccessKey: storage.secretKey ?? '',
    region: storage.region,
    service: 's3',
    retries: 0,
  });
  const bucket = `${storage.endpoint.replace(/\/$/, '')}/${storage.bucket}`;
  return {
    name: 'storage',
    async check() {
      const answer = await client.fetch(bucket, { method: 'HEAD', signal: AbortSignal.timeout(OPTIONAL_CHECK_MILLIS) });
      if (!answer.ok) {
        throw new Error(`the bucket ${storage.bucket} answers ${answer.status}`);
      }
    },
    close: async () => undefined,
  };
}
