/**
 * What the main process says to its two services, and they to it, over `process.parentPort`. Ports come with the message
 * that names them, in `event.ports[0]`. What the page and the services say over those ports the shell never sees.
 */
import type { LockReason } from './shell-calls.ts';

export type ToDeviceService =
  /** With a port: a page has connected, and speaks GraphQL over it. */
  | { kind: 'page' }
  /** With a port: the vault process that was asked for, which holds the other end. */
  | { kind: 'vault' }
  /** The vault process has ended, as asked or by itself; its keys are gone with it. */
  | { kind: 'vault-ended'; code: number }
  /** A person chose these paths in the system's dialog: a page may have only these read or written. */
  | { kind: 'chosen'; purpose: 'read' | 'write'; paths: string[] }
  | KeychainAnswer
  /** Lock now: the machine is locked, sleeps, or its session was left. */
  | { kind: 'lock'; reason: LockReason }
  /** Finish and end: what has not ended by itself within five seconds is killed. */
  | { kind: 'quit' };

export type FromDeviceService =
  /** Start a vault process; one that runs is ended first. */
  | { kind: 'start-vault' }
  /** The vault is closed: the page that may still show or hold a record is replaced, and with it the process it ran in. */
  | { kind: 'locked' }
  /** End the vault process; `vault-ended` says when it has. */
  | { kind: 'end-vault' }
  /** Put this update, which was fetched and checked, in place of this program and start it; `address` is on this computer. */
  | { kind: 'install-update'; address: string; version: string; isOlder: boolean }
  | KeychainRequest;

/** With a port to the device service; the only message a vault process gets here. */
export interface ToVaultProcess {
  kind: 'device';
}

/** `value` is the one text that the operating system's keychain seals for this installation, base64. */
export type KeychainRequest =
  | { kind: 'keychain'; id: number; action: 'get' }
  | { kind: 'keychain'; id: number; action: 'set'; value: string };

type KeychainAnswer = { kind: 'keychain'; id: number } & KeychainState;

export type KeychainState =
  /** No keychain, or one with a fixed password: say so aloud, keep nothing in it. */
  | { available: false; backend: string }
  /** `value` is null when nothing was sealed yet. */
  | { available: true; backend: string; value: string | null }
  /** There is a keychain, but it did not do what it was asked. */
  | { available: true; backend: string; failure: { code: string; message: string; retry: boolean } };
