/** Signing in. */
export const signIn = {
  title: "Sign in",
  email: "E-mail address",
  password: "Password",
  show: "Show password",
  hide: "Hide password",
  go: "Sign in",
  going: "Signing in…",
  forgot: "Forgot it? An owner of your team can make you a link for a new one.",
  none: "No account yet? An owner of your team can invite you.",
  which: "You belong to several businesses. Which one?",
  fine: "Nothing you do here leaves this server.",
  well: "All is well",
};
