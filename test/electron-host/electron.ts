/** The module that `electron` resolves to in an app under test. A name that is not here is not emulated. */
import { app } from './app.ts';
import './browser.ts';
import { BrowserWindow } from './browser-window.ts';
import { clipboard, dialog, Notification, nativeTheme, powerMonitor, shell, standIn } from './desktop.ts';
import { ipcMain } from './ipc-main.ts';
import { Menu, MenuItem } from './menu.ts';
import { MessageChannelMain } from './message-ports.ts';
import { onlyEmulated } from './not-emulated.ts';
import { safeStorage } from './safe-storage.ts';
import { protocol, session } from './session.ts';
import { utilityProcess } from './utility-process.ts';
import { webContents } from './web-contents.ts';

process.on('SIGTERM', () => app.quit());
process.on('SIGINT', () => app.quit());

export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  Notification,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  standIn,
  utilityProcess,
  webContents,
};

export default onlyEmulated('electron', {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  Notification,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  standIn,
  utilityProcess,
  webContents,
});
