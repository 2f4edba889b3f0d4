import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { migrationConfig } from './config.js';

const CONNECT_SECONDS = 30;
// The application's role may use what the migrations own, where the infrastructure made that role.
const GRANTS = `
  DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'frostguard') THEN
      GRANT SELECT, INSERT, UPDATE, DELETE ON readings TO frostguard;
    END IF;
  END $$`;

/** A connection straight to PostgreSQL, waited for while the server starts. */
async function connected(databaseUrl) {
  const deadline = Date.now() + CONNECT_SECONDS * 1000;
  for (;;) {
    const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (Date.now() > deadline || error.code?.startsWith('28')) { // 28: wrong password or user
        throw error;
      }
      console.error(`waiting for the database: ${error.message || error.code}`);
      await pause(1000);
    }
  }
}

async function run() {
  const config = migrationConfig(process.env);
  if (config.databaseUrl === undefined) {
    throw new Error('DIRECT_DATABASE_URL is not set');
  }
  if (config.fault === 'migration-fails') {
    throw new Error('FAULT=migration-fails');
  }
  const client = await connected(config.databaseUrl);
  try {
    await migrate(drizzle(client), { migrationsFolder: fileURLToPath(new URL('../drizzle', import.meta.url)) });
    await client.query(GRANTS);
  } finally {
    await client.end();
  }
  console.log('migrations are applied');
}

try {
  await run();
} catch (error) {
  const cause = error.cause ?? error;
  console.error(`migration failed: ${cause.message || cause.code}`);
  process.exitCode = 1;
}
