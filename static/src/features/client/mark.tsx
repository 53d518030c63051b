/** The business that looks after the customer: its logo, else its first letter. */
import { logoOf } from "../../kernel/logo";
import { session } from "../../kernel/session";

export function Mark({ large }: { large?: boolean }) {
  const tenant = session.value?.tenant;
  if (!tenant) return null;
  const logo = logoOf(tenant);
  if (logo) return <img class={large ? "logo large" : "logo"} src={logo} alt="" />;
  return (
    <span class={large ? "mark large" : "mark"} aria-hidden="true">
      {tenant.name.charAt(0).toUpperCase()}
    </span>
  );
}
