/** The password of a session whose URL names none, as PostgreSQL's own clients find it. */
import type { Client } from 'pg';
import pgpass from 'pgpass';

/** From PGPASSWORD, else from the password file (PGPASSFILE, `~/.pgpass`); empty where neither has one, which the server refuses by name. */
export function passwordFor({ host, port, database, user }: Client): Promise<string> {
  const { PGPASSWORD } = process.env;
  if (PGPASSWORD !== undefined) return Promise.resolve(PGPASSWORD);
  return new Promise((resolve) => pgpass({ host, port, database, user }, (password) => resolve(password ?? '')));
}
