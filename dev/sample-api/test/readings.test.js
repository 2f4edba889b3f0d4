import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { DrizzleQueryError } from 'drizzle-orm';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { memoryStore, peer, READING, testApp } from './fixtures.js';

const post = (app, payload) => app.inject({ method: 'POST', url: '/readings', payload });

test('a reading sent twice is stored once', async () => {
  const store = memoryStore();
  const app = testApp({}, undefined, store);

  const first = await post(app, READING);
  const second = await post(app, { ...READING, celsius: 99 });

  assert.equal(first.statusCode, 201);
  assert.equal(second.statusCode, 200);
  assert.equal(store.stored.size, 1);
  assert.equal((await app.inject(`/readings/${READING.id}`)).json().celsius, 4.5);
});

test('a bad reading is refused with everything that is wrong', async () => {
  const app = testApp();
  const cases = [
    [{}, ["'id'", "'sensorId'", "'celsius'", "'takenAt'"]],
    [{ ...READING, id: 'x', celsius: '4.5' }, ['id', 'uuid', 'celsius', 'number']],
    [{ ...READING, celsius: -300 }, ['celsius', '-273.15']],
    [{ ...READING, takenAt: 'yesterday' }, ['takenAt', 'date-time']],
    [{ ...READING, colour: 'red' }, ['additional properties']],
  ];
  for (const [payload, words] of cases) {
    const answer = await post(app, payload);
    assert.equal(answer.statusCode, 400, JSON.stringify(payload));
    for (const word of words) {
      assert.ok(answer.json().error.includes(word), `${answer.json().error} says ${word}`);
    }
  }
});

test('readings are listed by sensor, and the limit is a number up to 1000', async () => {
  const app = testApp();
  await post(app, READING);
  await post(app, { ...READING, id: '0b6f5a0c-6f8a-4a6e-9b43-1c9f5f0f4a12', sensorId: 'truck-7' });

  assert.deepEqual((await app.inject('/readings?sensorId=truck-7')).json().map((reading) => reading.sensorId), ['truck-7']);
  assert.equal((await app.inject('/readings?limit=1')).json().length, 1);
  for (const limit of ['0', '1001', 'many']) {
    assert.equal((await app.inject(`/readings?limit=${limit}`)).statusCode, 400, limit);
  }
});

test('what is not there is 404 and what is no uuid is 400', async () => {
  const app = testApp();
  assert.equal((await app.inject(`/readings/${READING.id}`)).statusCode, 404);
  assert.equal((await app.inject('/readings/7')).statusCode, 400);
});

test('a database that refuses is 503, without its words', async () => {
  const store = memoryStore();
  store.add = async () => {
    throw new DrizzleQueryError('insert', [], new Error('connection to 10.0.0.7 refused'));
  };
  const answer = await post(testApp({}, [peer('database')], store), READING);
  assert.equal(answer.statusCode, 503);
  assert.doesNotMatch(answer.body, /10\.0\.0\.7/);
});

test('every answer says which version and unit it came from', async () => {
  const app = testApp();
  for (const url of ['/version', '/health', '/nowhere', '/readings/7']) {
    const { headers } = await app.inject(url);
    assert.equal(headers['x-freshtrack-version'], 'v1', url);
    assert.equal(headers['x-freshtrack-unit'], 'a', url);
  }
  assert.deepEqual((await app.inject('/version')).json(), { version: 'v1', unit: 'a' });
});

test('with a hosted identity provider, readings need its token and health does not', async () => {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' }] });
  const provider = createServer((_, answer) => answer.setHeader('content-type', 'application/json').end(keys));
  await new Promise((listening) => provider.listen(0, '127.0.0.1', listening));
  try {
    const app = testApp({ AUTH_JWKS_URL: `http://127.0.0.1:${provider.address().port}/jwks`, AUTH_AUDIENCE: 'freshtrack' });
    const token = (audience) =>
      new SignJWT().setProtectedHeader({ alg: 'RS256', kid: 'one' }).setAudience(audience).setExpirationTime('1m').sign(privateKey);
    const list = async (authorization) =>
      (await app.inject({ url: '/readings', headers: authorization ? { authorization } : {} })).statusCode;

    assert.equal(await list(`Bearer ${await token('freshtrack')}`), 200);
    assert.equal(await list(`Bearer ${await token('another')}`), 401);
    assert.equal(await list('Bearer a.b.c'), 401);
    assert.equal(await list(undefined), 401);
    assert.equal((await post(app, READING)).statusCode, 401);
    assert.equal((await app.inject('/health')).statusCode, 200);
  } finally {
    provider.close();
    provider.closeAllConnections();
  }
});
