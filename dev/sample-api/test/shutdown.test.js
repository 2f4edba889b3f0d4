import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { leave } from '../src/shutdown.js';
import { READING, testApp } from './fixtures.js';

/** The status and headers of one request to `app`, which listens on `port`. */
function ask(port, { method = 'GET', path, body, agent }) {
  return new Promise((resolve, reject) => {
    const headers = body ? { 'content-type': 'application/json' } : {};
    const outgoing = request({ host: '127.0.0.1', port, method, path, agent, headers }, (answer) => {
      answer.resume().on('end', () => resolve({ status: answer.statusCode, headers: answer.headers }));
    });
    outgoing.on('error', reject).end(body && JSON.stringify(body));
  });
}

async function listening(env) {
  const app = testApp(env);
  await app.listen({ host: '127.0.0.1', port: 0 });
  return { app, port: app.server.address().port };
}

test('while it drains it serves, but is not ready; after that nobody listens', async () => {
  const { app, port } = await listening();
  assert.equal((await ask(port, { path: '/ready' })).status, 200);

  const left = leave(app, 0.3);
  const ready = await ask(port, { path: '/ready' });
  const stored = await ask(port, { method: 'POST', path: '/readings', body: READING });

  assert.equal(ready.status, 503);
  assert.equal(stored.status, 201);
  assert.equal(stored.headers.connection, 'close');
  assert.equal(await left, 0);
  await assert.rejects(ask(port, { path: '/health' }), { code: 'ECONNREFUSED' });
});

test('a request in flight when the listener closes is finished', async () => {
  const { app, port } = await listening({ FAULT: 'slow-post' });
  const slow = ask(port, { method: 'POST', path: '/readings', body: READING });
  await pause(50);

  const start = performance.now();
  assert.equal(await leave(app, 0), 0);
  assert.equal((await slow).status, 201);
  assert.ok(performance.now() - start < 2000, 'its kept-alive connection is not waited for');
});

test('a connection that was open before the listener closed is still served', async () => {
  const { app, port } = await listening({ FAULT: 'slow-post' });
  const slow = ask(port, { method: 'POST', path: '/readings', body: READING });
  const waiting = connect(port, '127.0.0.1');
  await once(waiting, 'connect');
  await pause(50);

  const left = leave(app, 0);
  await pause(50);
  waiting.write('GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const [answer] = await once(waiting, 'data');

  assert.match(answer.toString(), /^HTTP\/1.1 200 OK[^]*connection: close/i);
  assert.equal(await left, 0);
  assert.equal((await slow).status, 201);
});

test('an idle keep-alive connection does not hold it up', async () => {
  const { app, port } = await listening();
  const agent = new Agent({ keepAlive: true });
  await ask(port, { path: '/health', agent });

  const start = performance.now();
  assert.equal(await leave(app, 0), 0);
  assert.ok(performance.now() - start < 1000);
  agent.destroy();
});

test('a request that does not finish is cut off', async () => {
  const { app, port } = await listening({ FAULT: 'slow-post' });
  const slow = ask(port, { method: 'POST', path: '/readings', body: READING });
  await pause(50);

  assert.equal(await leave(app, 0, 0.1), 1);
  await slow;
});
