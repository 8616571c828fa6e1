import { beforeEach } from 'vitest';

// They would pass on SQLite, and say nothing of PostgreSQL.
beforeEach((context) => {
  if (!process.env.TEST_POSTGRESQL) context.skip('no PostgreSQL on this machine');
});
