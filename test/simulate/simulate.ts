import { Simulation } from './simulation.ts';
const seed = Number(process.argv[2] ?? 1);
const to = Number(process.argv[3] ?? seed);
for (let at = seed; at <= to; at++) {
  const cpu = process.cpuUsage();
  const simulation = new Simulation({ seed: at, steps: 500, print: process.argv[4] ? (line) => console.log(line) : undefined });
  try {
    await simulation.run();
    const used = process.cpuUsage(cpu);
    console.log('seed', at, 'ok', simulation.desks.length, 'desks', simulation.world.steps, 'steps', simulation.truth.size, 'blocks', ((used.user + used.system) / 1000).toFixed(0), 'ms', simulation.world.trace().slice(0, 12));
  } catch (error) {
    console.log('seed', at, 'step', simulation.world.steps, error);
  }
  await simulation.close();
}
