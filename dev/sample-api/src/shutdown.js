import { setTimeout as pause } from 'node:timers/promises';

const IN_FLIGHT_SECONDS = 6;

/**
 * Leaves without losing a request: fails /ready while serving on for `drainSeconds`, so that load balancers go elsewhere,
 * then closes the listener and finishes what is in flight. Resolves to the exit code: 1 when requests had to be cut off.
 */
export async function leave(app, drainSeconds, inFlightSeconds = IN_FLIGHT_SECONDS) {
  app.log.info({ drainSeconds }, 'draining: /ready fails from now on');
  app.drain();
  await pause(drainSeconds * 1000);
  const finished = await Promise.race([
    app.close().then(() => true),
    pause(inFlightSeconds * 1000, false, { ref: false }),
  ]);
  app.log.info(finished ? 'finished what was in flight' : 'cut off requests that did not finish');
  return finished ? 0 : 1;
}
