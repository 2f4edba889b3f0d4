import { readFileSync } from 'node:fs';

const FAULTS = ['unready-20s', 'never-ready', 'error-500', 'slow-post', 'migration-fails'];

/** The setting `name`, taken from the file that `<name>_FILE` names where that is set; undefined when neither is. */
function setting(env, name) {
  const file = env[`${name}_FILE`];
  return file ? readFileSync(file, 'utf8').trim() : env[name] || undefined;
}

/** Checks a URL without ever repeating it, since it may carry a password. */
function url(env, name, protocols) {
  const value = setting(env, name);
  if (value === undefined) {
    return undefined;
  }
  if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
    throw new Error(`${name} is not a URL that starts with ${protocols.join(' or ')}`);
  }
  return value;
}

function integer(env, name, fallback, minimum, maximum) {
  const value = Number(env[name] || fallback);
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    throw new Error(`${name} is '${env[name]}'; allowed are whole numbers from ${minimum} to ${maximum}`);
  }
  return value;
}

function fault(env) {
  if (env.FAULT && !FAULTS.includes(env.FAULT)) {
    throw new Error(`FAULT is '${env.FAULT}'; allowed are ${FAULTS.join(', ')}`);
  }
  return env.FAULT || undefined;
}

function storage(env) {
  const endpoint = url(env, 'S3_ENDPOINT', ['http:', 'https:']);
  return endpoint === undefined
    ? undefined
    : {
        endpoint,
        bucket: env.S3_BUCKET,
        region: env.S3_REGION || 'us-east-1',
        accessKey: setting(env, 'S3_ACCESS_KEY'),
        secretKey: setting(env, 'S3_SECRET_KEY'),
      };
}

/** What the environment says to the server; throws an Error that names the wrong variable, never a secret. */
export function serverConfig(env) {
  return {
    port: integer(env, 'PORT', 3000, 0, 65535),
    version: env.VERSION || 'dev',
    unit: env.FRESHTRACK_UNIT || '',
    drainSeconds: integer(env, 'DRAIN_SECONDS', 3, 0, 60),
    databaseUrl: url(env, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    databasePoolMax: integer(env, 'DATABASE_POOL_MAX', 10, 1, 1000),
    redisUrl: url(env, 'REDIS_URL', ['redis:', 'rediss:']),
    storage: storage(env),
    auth: { jwksUrl: url(env, 'AUTH_JWKS_URL', ['http:', 'https:']), issuer: env.AUTH_ISSUER, audience: env.AUTH_AUDIENCE },
    fault: fault(env),
  };
}

/** What the environment says to the migrations. */
export function migrationConfig(env) {
  return { databaseUrl: url(env, 'DIRECT_DATABASE_URL', ['postgres:', 'postgresql:']), fault: fault(env) };
}
