/** Sorts what SQLite, PostgreSQL and the file system complain of by kind, so that no caller ever reads their messages. */
import { Failure } from '../../shared/outcome/failure.ts';

/** An error of the `sqlite3` package (`errno` is SQLite's primary result code), of `pg` (`severity` and an SQLSTATE), or of Node's system calls. */
interface PlatformError extends Error {
  errno?: number;
  code?: string;
  severity?: string;
  constraint?: string;
}

interface Kind {
  code: string;
  message: string;
  retry?: boolean;
}

const DISK_FULL: Kind = {
  code: 'storage.disk-full',
  message:
    'The disk is full, so this was not saved; what was saved before is safe and can be read. Free some space and try again.',
  retry: true,
};
const IO_ERROR: Kind = {
  code: 'storage.io-error',
  message:
    'The disk could not be read or written, so this was not saved. Check that the disk is connected and healthy, then restart the program.',
};
const CORRUPT: Kind = {
  code: 'storage.corrupt',
  message:
    'The database file is damaged. Stop working in it, keep a copy of the data folder, and restore it from the hub and the last backup.',
};
const BUSY: Kind = {
  code: 'storage.busy',
  message: 'The database is in use by something else just now. Nothing was changed; try again in a moment.',
  retry: true,
};
const FOREIGN_FILE: Kind = {
  code: 'storage.foreign-file',
  message:
    'This file is not a Careledger database. Nothing in it was changed; choose another data folder or restore the file from a backup.',
};
const READ_ONLY: Kind = {
  code: 'storage.read-only',
  message: 'The data folder cannot be written to. Give this user account write permission on it and try again.',
};
const CANNOT_OPEN: Kind = {
  code: 'storage.cannot-open',
  message: 'The database file cannot be opened. Check that the data folder exists and that this user account may use it.',
};
const TOO_BIG: Kind = {
  code: 'storage.too-big',
  message: 'One value is larger than the database can hold. Nothing was changed; store it in smaller parts.',
};
const OUT_OF_MEMORY: Kind = {
  code: 'storage.out-of-memory',
  message: 'There was not enough memory to do this. Nothing was changed; close other programs and try again.',
  retry: true,
};
const CLOSED: Kind = {
  code: 'storage.closed',
  message: 'The database is closed. Nothing was changed; open the data folder again.',
};
const CONSTRAINT: Kind = {
  code: 'storage.constraint',
  message: 'This does not fit what is already stored, so it was not saved.',
};
const STATEMENT: Kind = {
  code: 'storage.statement',
  message: 'The program asked its database for something that it does not understand. Nothing was changed; please report this.',
};

const UNREACHABLE: Kind = {
  code: 'storage.unreachable',
  message: 'The PostgreSQL server does not answer, so this was not saved. Check that it runs and that this machine reaches it.',
  retry: true,
};
const REFUSED: Kind = {
  code: 'storage.refused',
  message:
    'The PostgreSQL server does not let this hub in. Check the user, the password (PGPASSWORD, PGPASSFILE) and the name of the database.',
};

/** What `pg` says without a code when the server asks for a password and none was given. */
const NO_PASSWORD = /^SASL: .*password/;

/** By SQLSTATE, or its class of two characters: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const BY_SQLSTATE: Readonly<Record<string, Kind>> = {
  '08': UNREACHABLE,
  '23': CONSTRAINT,
  '25006': READ_ONLY,
  '28': REFUSED,
  '3D': REFUSED,
  '40': BUSY,
  '42501': REFUSED,
  '53': BUSY,
  '53100': DISK_FULL,
  '53200': OUT_OF_MEMORY,
  '54': TOO_BIG,
  '55': BUSY,
  '57': UNREACHABLE,
  '58': IO_ERROR,
  XX001: CORRUPT,
  XX002: CORRUPT,
};

/** By SQLite's primary result code: https://sqlite.org/rescode.html */
const BY_RESULT: Readonly<Record<number, Kind>> = {
  5: BUSY,
  6: BUSY,
  7: OUT_OF_MEMORY,
  8: READ_ONLY,
  10: IO_ERROR,
  11: CORRUPT,
  13: DISK_FULL,
  14: CANNOT_OPEN,
  18: TOO_BIG,
  19: CONSTRAINT,
  21: CLOSED,
  26: FOREIGN_FILE,
};

/** By the word that Node puts in the `code` of a file-system error. */
const BY_WORD: Readonly<Record<string, Kind>> = {
  ENOSPC: DISK_FULL,
  EDQUOT: DISK_FULL,
  EIO: IO_ERROR,
  EROFS: READ_ONLY,
  EACCES: READ_ONLY,
  EPERM: READ_ONLY,
  ECONNREFUSED: UNREACHABLE,
  ECONNRESET: UNREACHABLE,
  EPIPE: UNREACHABLE,
  ENOTFOUND: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
};

/** After these the rest of the transaction is still whole: SQLite undid the one statement and nothing else. */
const STATEMENT_ONLY: ReadonlySet<string> = new Set([CONSTRAINT.code, STATEMENT.code, TOO_BIG.code, 'storage.parameter']);

/**
 * The `Failure` for an error that SQLite or the file system raised; a `Failure` passes unchanged.
 * For `storage.constraint`, `details.constraint` says which (`UNIQUE constraint failed: block.hash`: names, never values).
 */
export function storageFailure(error: unknown, details: Record<string, string | number> = {}): Failure {
  if (error instanceof Failure) return error;
  const { errno, code, message, severity, constraint } = error as PlatformError;
  if (details.database === 'postgresql') {
    // Nothing else that `pg` itself complains of has a code: the connection is gone.
    const kind = severity
      ? (BY_SQLSTATE[code ?? ''] ?? BY_SQLSTATE[code?.slice(0, 2) ?? ''] ?? STATEMENT)
      : (BY_WORD[code ?? ''] ?? (NO_PASSWORD.test(message) ? REFUSED : UNREACHABLE));
    return new Failure(kind.code, kind.message, {
      retry: kind.retry ?? false,
      details: constraint ? { ...details, constraint } : details,
      cause: error,
    });
  }
  const fromSqlite = code?.startsWith('SQLITE_') ?? false;
  const kind = (fromSqlite ? BY_RESULT[(errno ?? 0) & 0xff] : BY_WORD[code ?? '']) ?? (fromSqlite ? STATEMENT : IO_ERROR);
  const told = kind === CONSTRAINT ? { ...details, constraint: message.replace(/^SQLITE_CONSTRAINT: /, '') } : details;
  return new Failure(kind.code, kind.message, { retry: kind.retry ?? false, details: told, cause: error });
}

/** The `Failure` for a file in which SQLite noticed nothing, and two of its parts tell of different rows. */
export function damagedDatabase(details: Record<string, string | number>): Failure {
  return new Failure(CORRUPT.code, CORRUPT.message, { details });
}

/** Whether `failure` leaves nothing of its transaction to be committed: SQLite may already have rolled it back by itself. */
export function endsTransaction(failure: Failure): boolean {
  return !STATEMENT_ONLY.has(failure.code);
}
