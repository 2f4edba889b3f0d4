import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { peer, READING, testApp } from './fixtures.js';

test('only the database makes the API unready', async () => {
  const others = [peer('redis', 'connection refused'), peer('storage', 'the bucket answers 403')];

  const ready = await testApp({}, [peer('database'), ...others]).inject('/ready');
  assert.equal(ready.statusCode, 200);
  assert.deepEqual(ready.json().checks, { database: 'ok', redis: 'connection refused', storage: 'the bucket answers 403' });

  const unready = await testApp({}, [peer('database', 'gone')]).inject('/ready');
  assert.equal(unready.statusCode, 503);
  assert.equal(unready.json().checks.database, 'gone');
});

test('health asks nobody', async () => {
  assert.equal((await testApp({}, [peer('database', 'gone')]).inject('/health')).statusCode, 200);
});

test('never-ready serves everything but readiness', async () => {
  const app = testApp({ FAULT: 'never-ready' });
  assert.equal((await app.inject('/ready')).statusCode, 503);
  assert.equal((await app.inject('/health')).statusCode, 200);
});

test('unready-20s is ready after 20 seconds', async () => {
  mock.timers.enable({ apis: ['Date'] });
  try {
    const app = testApp({ FAULT: 'unready-20s' });
    mock.timers.tick(19_999);
    assert.equal((await app.inject('/ready')).statusCode, 503);
    mock.timers.tick(1);
    assert.equal((await app.inject('/ready')).statusCode, 200);
  } finally {
    mock.timers.reset();
  }
});

test('error-500 fails on every path', async () => {
  const app = testApp({ FAULT: 'error-500' });
  for (const url of ['/ready', '/health', '/version', '/readings', '/nowhere']) {
    assert.equal((await app.inject(url)).statusCode, 500, url);
  }
});

test('slow-post delays POSTs only', async () => {
  const app = testApp({ FAULT: 'slow-post' });
  const millis = async (request) => {
    const start = performance.now();
    await app.inject(request);
    return performance.now() - start;
  };
  assert.ok((await millis({ method: 'POST', url: '/readings', payload: READING })) >= 490);
  assert.ok((await millis({ method: 'GET', url: '/readings' })) < 400);
});
