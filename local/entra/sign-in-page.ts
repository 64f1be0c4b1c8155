import { ROLES } from "../../src/domain/access/permissions.ts";

const STYLE = `body{font:16px system-ui;max-width:26rem;margin:4rem auto;padding:0 1rem}
label{display:block;margin:.4rem 0}input[name=user]{display:block;width:100%;padding:.4rem;box-sizing:border-box}
button{margin-top:1rem;padding:.6rem 1.4rem}.error{color:#a00}`;

/** A form that posts back to its own address. Voice.Admin is ticked. */
export function signInPage(): string {
  const roles = ROLES.map((role) => {
    const checked = role === "Voice.Admin" ? " checked" : "";
    return `<label><input type="checkbox" name="role" value="${role}"${checked}> ${role}</label>`;
  }).join("\n");
  return page(`<h1>Sign in</h1>
<p>Local stand-in for Microsoft Entra ID: no password, choose who you are.</p>
<form method="post">
<label>User name <input name="user" value="dev" required autofocus></label>
<fieldset><legend>App roles</legend>
${roles}
</fieldset>
<button type="submit">Sign in</button>
</form>`);
}

export function errorPage(message: string): string {
  return page(`<h1>Sign-in failed</h1><p class="error">${escapeHtml(message)}</p>`);
}

function page(body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sign in</title><style>${STYLE}</style></head>
<body>${body}</body></html>`;
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
