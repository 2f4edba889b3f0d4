import { createHash } from 'node:crypto';

/**
 * JSON schema of what is read of a The Things Stack v3 uplink message.
 * Source: https://www.thethingsindustries.com/docs/integrations/data-formats/
 */
export const uplinkSchema = {
  type: 'object',
  required: ['end_device_ids', 'uplink_message'],
  properties: {
    end_device_ids: {
      type: 'object',
      required: ['device_id'],
      properties: { device_id: { type: 'string', minLength: 1, maxLength: 128 }, dev_eui: { type: 'string', minLength: 1, maxLength: 16 } },
    },
    received_at: { type: 'string', format: 'date-time' },
    uplink_message: {
      type: 'object',
      required: ['received_at', 'decoded_payload'],
      properties: {
        session_key_id: { type: 'string' },
        f_cnt: { type: 'integer', minimum: 0 },
        received_at: { type: 'string', format: 'date-time' },
        decoded_payload: {
          type: 'object',
          required: ['temperature'],
          properties: { temperature: { type: 'number', minimum: -273.15, maximum: 1000 } },
        },
      },
    },
  },
};

/** The reading that an uplink carries; a webhook call that The Things Stack repeats maps to the same id. */
export function readingOf(uplink) {
  const { end_device_ids: device, uplink_message: message } = uplink;
  const sensorId = device.dev_eui ?? device.device_id;
  // A counter of zero is left out of the JSON, and the counter starts again with each session.
  const identity = [sensorId, message.session_key_id ?? '', message.f_cnt ?? 0, message.received_at];
  return {
    id: uuidOf(JSON.stringify(identity)),
    sensorId,
    celsius: message.decoded_payload.temperature,
    takenAt: new Date(message.received_at),
  };
}

/** A name-based UUID (version 8: custom), as RFC 9562 lays it out. */
function uuidOf(name) {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x80;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
