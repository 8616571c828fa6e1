/**
 * What a process says of an error that nobody caught, before it ends by it: an incident. Node's own words would be the error's message, its
 * cause and its fields, which may hold a name or a record, in a log that is kept.
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { incidentOf } from './apollo.ts';

const STDERR = 2;

/** For each process, once, before anything else. A promise that is refused and awaited by nobody ends it as well. */
export function endWithIncident(): void {
  process.on('uncaughtException', (error) => {
    try {
      writeSync(STDERR, `${JSON.stringify({ incident: incidentOf(randomUUID(), error) })}\n`);
    } finally {
      process.exit(1);
    }
  });
}
