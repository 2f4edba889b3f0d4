import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readingOf } from '../src/ttn.js';
import { memoryStore, testApp } from './fixtures.js';

const UPLINK = {
  end_device_ids: {
    device_id: 'cold-store-1',
    application_ids: { application_id: 'freshtrack' },
    dev_eui: '0004A30B001C0530',
    dev_addr: '00BCB929',
  },
  correlation_ids: ['as:up:01E0WZGT6Y7657CPFPE5WEYDSQ'],
  received_at: '2026-03-01T08:00:00.520Z',
  uplink_message: {
    session_key_id: 'AXA50tHUSAkT3ZmNoO5jpQ==',
    f_port: 1,
    f_cnt: 42,
    frm_payload: 'AMM=',
    decoded_payload: { temperature: 3.25, battery: 3.6 },
    rx_metadata: [{ gateway_ids: { gateway_id: 'yard' }, rssi: -35, snr: 5 }],
    received_at: '2026-03-01T08:00:00.312Z',
  },
};
const send = (app, payload) => app.inject({ method: 'POST', url: '/webhooks/ttn', payload });

test('an uplink becomes one reading, however often it is sent', async () => {
  const store = memoryStore();
  const app = testApp({}, undefined, store);

  assert.equal((await send(app, UPLINK)).statusCode, 201);
  assert.equal((await send(app, UPLINK)).statusCode, 200);

  const [reading] = store.stored.values();
  assert.equal(store.stored.size, 1);
  assert.equal(reading.sensorId, '0004A30B001C0530');
  assert.equal(reading.celsius, 3.25);
  assert.deepEqual(reading.takenAt, new Date('2026-03-01T08:00:00.312Z'));
  assert.match(reading.id, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('another frame is another reading', () => {
  const next = structuredClone(UPLINK);
  next.uplink_message.f_cnt = 43;
  assert.notEqual(readingOf(next).id, readingOf(UPLINK).id);
});

test('a device without an EUI and the first frame of a session are understood', () => {
  const first = structuredClone(UPLINK);
  delete first.end_device_ids.dev_eui;
  delete first.uplink_message.f_cnt;
  assert.equal(readingOf(first).sensorId, 'cold-store-1');
});

test('an uplink without a temperature is refused', async () => {
  const undecoded = structuredClone(UPLINK);
  delete undecoded.uplink_message.decoded_payload;
  const answer = await send(testApp(), undecoded);
  assert.equal(answer.statusCode, 400);
  assert.match(answer.json().error, /decoded_payload/);
});
