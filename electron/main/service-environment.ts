/** What the services inherit: all but the variables that change what Node or Electron itself does. */
export function serviceEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(NODE|ELECTRON)_/i.test(name)));
}
