/** What one machine tells another of trouble with its own store: that there is some. What it is, and what to do, says its own log. */
import { Failure } from '../outcome/failure.ts';

const HUB_STORE_AWAY = new Failure(
  'hub.store-away',
  'The hub cannot use its own database just now, so nothing of this was taken. What is written here is kept and sent by itself; the hub’s administrator finds the reason in the hub’s log.',
  { retry: true },
);

/** Whether it is about the store of the machine on which it happened. */
export const isOfStore = (code: string): boolean => code.startsWith('storage.');

/** A failure as another machine hears it: nobody there takes it for trouble with a disk of their own. */
export const toldElsewhere = (failure: Failure): Failure => (isOfStore(failure.code) ? HUB_STORE_AWAY : failure);
