/** What a process asks of the system, as strace (Linux) tells it: whether what it wrote had been forced to the disk. */
import { spawnSync } from 'node:child_process';

/** Whether processes can be watched here: strace is installed, and the system allows it. */
export const canWatch = process.platform === 'linux' && spawnSync('strace', ['-f', 'true']).status === 0;

/** The command that runs another and writes down its calls. */
export const watched = (log: string): readonly string[] => [
  'strace',
  ...['-f', '-y', '-s', '16', '-e', 'trace=pwrite64,write,fsync,fdatasync', '-o', log],
];

/**
 * Lines that a process printed one by one while some of its write-ahead log was not on the disk yet.
 * @param log as `watched` leaves it; between two lines the process writes, and nothing else goes on in it.
 */
export function printedTooEarly(log: string): { printed: number; early: number } {
  /** Threads that wait for the disk. */
  const syncing = new Set<string>();
  let isOnDisk = true;
  let printed = 0;
  let early = 0;
  for (const line of log.split('\n')) {
    const thread = line.split(' ', 1)[0] as string;
    if (/ pwrite64\(\d+<[^>]*-wal>/.test(line)) isOnDisk = false;
    if (/ f(?:data)?sync\(\d+<[^>]*-wal>/.test(line)) syncing.add(thread);
    if (/ = 0$/.test(line) && /f(?:data)?sync/.test(line) && syncing.delete(thread)) isOnDisk = true;
    if (!/ write\(1</.test(line)) continue;
    printed += 1;
    if (!isOnDisk) early += 1;
  }
  return { printed, early };
}
