/** Reads PostgreSQL's password file; see `passwordFor` in postgresql-password.ts. */
declare module 'pgpass' {
  interface Place {
    readonly host: string;
    readonly port: number;
    readonly database?: string | undefined;
    readonly user?: string | undefined;
  }
  /** `told` gets the password of the first line that fits, or undefined. */
  export default function pgpass(place: Place, told: (password: string | undefined) => void): void;
}
