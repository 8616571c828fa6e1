import { createContext, useContext } from 'react';

/** A dialog outside the page that answers paths on this computer; null in a browser, where the page reads files itself. */
export interface FilePicker {
  choose(folders: boolean): Promise<string[]>;
}

const FilePickerContext = createContext<FilePicker | null>(null);

export const FilePickerProvider = FilePickerContext.Provider;

export function useFilePicker(): FilePicker | null {
  return useContext(FilePickerContext);
}
