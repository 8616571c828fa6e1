import { hasPostgresql, PostgresqlServer } from './postgresql.ts';

/** One server for the whole project; its tests make a database each. */
export default async function preparePostgresql(): Promise<(() => Promise<void>) | undefined> {
  if (!hasPostgresql()) return undefined;
  const server = await PostgresqlServer.start();
  process.env.TEST_POSTGRESQL = server.url('postgres');
  return () => server.close();
}
