import { createContext, useContext } from 'react';

/** Tells whoever holds this page that it wants the camera (and the microphone), or no more; a browser asks the person itself. */
export type CameraGate = (wanted: boolean, sound?: boolean) => Promise<void>;

export const openGate: CameraGate = async () => undefined;

const CameraGateContext = createContext<CameraGate>(openGate);

export const CameraGateProvider = CameraGateContext.Provider;

export function useCameraGate(): CameraGate {
  return useContext(CameraGateContext);
}
