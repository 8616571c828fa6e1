interface Surroundings {
  platform: NodeJS.Platform;
  environment: NodeJS.ProcessEnv;
  /** The user's id, where the system has them. */
  userId: number | undefined;
}

/** Why this machine cannot show Electron's window, in words for the person; undefined when it can. */
export function whyNoWindow({ platform, environment, userId }: Surroundings): string | undefined {
  if (platform !== 'linux') return undefined;
  if (!hasDisplay(platform, environment)) return 'there is no display';
  if (userId === 0) return 'Electron’s sandbox does not work for the user root, and Careledger does not run without it';
  return undefined;
}

/** Whether there is a desktop on which something can be opened. */
export function hasDisplay(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean {
  return platform !== 'linux' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

/** `--host` asks for the browser host; everything else is passed on. */
export function readArguments(args: readonly string[]): { forced: boolean; rest: string[] } {
  return { forced: args.includes('--host'), rest: args.filter((arg) => arg !== '--host') };
}
