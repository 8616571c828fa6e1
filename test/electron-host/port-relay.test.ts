import { expect, test } from 'vitest';
import { makePortRelay, type PortRelay } from './port-relay.ts';

/** Two relays whose frames pass through structured clone, as between processes. */
function pairOfRelays(): [PortRelay, PortRelay] {
  const relays: PortRelay[] = [];
  const one = makePortRelay('one-', (frame) => relays[1]?.receive(structuredClone(frame)));
  const two = makePortRelay('two-', (frame) => relays[0]?.receive(structuredClone(frame)));
  relays.push(one, two);
  return [one, two];
}

const nextMessage = (port: MessagePort): Promise<MessageEvent> =>
  new Promise((resolve) => {
    port.addEventListener('message', resolve, { once: true });
    port.start();
  });

test('a port given on one side works on the other, in order and in both directions', async () => {
  const [one, two] = pairOfRelays();
  const { port1, port2 } = new MessageChannel();
  const far = two.take(one.give(port2));
  const heard: unknown[] = [];
  far.addEventListener('message', ({ data }) => {
    heard.push(data);
    if (data === 3) far.postMessage('got three');
  });
  far.start();
  for (const count of [1, 2, 3]) port1.postMessage(count);
  expect((await nextMessage(port1)).data).toBe('got three');
  expect(heard).toEqual([1, 2, 3]);
  port1.close();
});

test('ports travel through ports', async () => {
  const [one, two] = pairOfRelays();
  const outer = new MessageChannel();
  const inner = new MessageChannel();
  const far = two.take(one.give(outer.port2));
  outer.port1.postMessage('with a port', [inner.port2]);
  const { ports } = await nextMessage(far);
  ports[0]?.postMessage('from within');
  expect((await nextMessage(inner.port1)).data).toBe('from within');
  inner.port1.close();
  outer.port1.close();
});

test('closing one end closes the other', async () => {
  const [one, two] = pairOfRelays();
  const { port1, port2 } = new MessageChannel();
  const far = two.take(one.give(port2));
  const closed = new Promise((resolve) => far.addEventListener('close', resolve));
  port1.close();
  await closed;
});

test('when a side goes, all its ports close', async () => {
  const [one, two] = pairOfRelays();
  const { port1, port2 } = new MessageChannel();
  two.take(one.give(port2));
  const closed = new Promise((resolve) => port1.addEventListener('close', resolve));
  one.closeAll();
  await closed;
});
