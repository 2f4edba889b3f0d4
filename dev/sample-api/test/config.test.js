import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { migrationConfig, serverConfig } from '../src/config.js';

test('an empty environment is enough to start', () => {
  const config = serverConfig({});
  assert.equal(config.port, 3000);
  assert.equal(config.databasePoolMax, 10);
  assert.equal(config.drainSeconds, 3);
  assert.equal(config.storage, undefined);
});

test('secrets are read from the files that the environment names', () => {
  const folder = mkdtempSync(join(tmpdir(), 'freshtrack-'));
  try {
    writeFileSync(join(folder, 'key'), 'the-key\n');
    const { storage } = serverConfig({ S3_ENDPOINT: 'http://minio:9000', S3_BUCKET: 'photos', S3_SECRET_KEY_FILE: join(folder, 'key') });
    assert.equal(storage.secretKey, 'the-key');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what is wrong is named, but a URL never repeated', () => {
  assert.throws(() => serverConfig({ DATABASE_URL: 'mysql://frostguard:hunter2@db' }), (error) => {
    assert.match(error.message, /DATABASE_URL/);
    assert.doesNotMatch(error.message, /hunter2/);
    return true;
  });
  assert.throws(() => serverConfig({ REDIS_URL: 'redis://:hunter2@:x' }), /^Error: REDIS_URL is not a URL/);
  assert.throws(() => serverConfig({ DATABASE_POOL_MAX: '0' }), /DATABASE_POOL_MAX is '0'.*1 to 1000/);
  assert.throws(() => serverConfig({ FAULT: 'slow' }), /FAULT is 'slow'.*slow-post/);
  assert.throws(() => migrationConfig({ FAULT: 'slow' }), /FAULT is 'slow'/);
});
