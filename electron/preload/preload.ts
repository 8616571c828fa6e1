/** The page's only door to the shell: few typed verbs, nothing of Electron itself. */
import { contextBridge, ipcRenderer } from 'electron';
import {
  callChannel,
  noticeChannel,
  portChannel,
  portMessage,
  type Shell,
  type ShellCall,
  type ShellNotice,
} from '../shell-calls.ts';

const call = (name: ShellCall, ...request: unknown[]): Promise<never> =>
  ipcRenderer.invoke(callChannel(name), ...request) as Promise<never>;

function subscribe(notice: ShellNotice, listener: (value: never) => void): () => void {
  const heard = (_event: unknown, value: unknown): void => listener(value as never);
  ipcRenderer.on(noticeChannel(notice), heard);
  return () => void ipcRenderer.off(noticeChannel(notice), heard);
}

const shell: Shell = {
  platform: process.platform,
  connect: () => call('connect'),
  chooseFiles: (request) => call('chooseFiles', request),
  chooseTarget: (request) => call('chooseTarget', request),
  useCamera: (request) => call('useCamera', request),
  callAttention: (request) => call('callAttention', request),
  openPasskeyPage: (request) => call('openPasskeyPage', request),
  kioskPrinter: () => call('kioskPrinter'),
  printPage: () => call('printPage'),
  onLock: (listener) => subscribe('lock', listener),
  onRestarted: (listener) => subscribe('restarted', listener),
};

// A port cannot pass contextBridge; it can pass the window's own messages.
ipcRenderer.on(portChannel, (event) => window.postMessage({ kind: portMessage }, window.location.origin, [...event.ports]));

contextBridge.exposeInMainWorld('careledger', shell);
