/** The business that looks after the customer: its logo, else its first letter. */
import { session, type Tenant } from "../../kernel/session";
import { logoAddress } from "./api";

export function Mark({ large }: { large?: boolean }) {
  const tenant = session.value?.tenant as (Tenant & { logo?: string | null }) | undefined;
  if (!tenant) return null;
  if (tenant.logo) return <img class={large ? "logo large" : "logo"} src={`${logoAddress()}?${tenant.logo}`} alt="" />;
  return (
    <span class={large ? "mark large" : "mark"} aria-hidden="true">
      {tenant.name.charAt(0).toUpperCase()}
    </span>
  );
}
