// Passkeys: asks the device, and sends its answer with the form. The options stand in #passkey-options as JSON.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));
const WORDS = {
  NotAllowedError: "没有完成验证：操作被取消或超时，请重试。",
  InvalidStateError: "这台设备上的通行密钥已经添加过，请换一台设备，或使用已有的通行密钥。",
  SecurityError: "通行密钥只能在网站的正式域名下使用（不能用数字地址访问）。",
};

async function create(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge), excludeCredentials: withBytes(options.excludeCredentials) };
  publicKey.user = { ...options.user, id: bytes(options.user.id) };
  const made = await navigator.credentials.create({ publicKey });
  const { attestationObject, clientDataJSON } = made.response;
  const transports = made.response.getTransports ? made.response.getTransports() : [];
  return answer(made, { attestationObject: text(attestationObject), clientDataJSON: text(clientDataJSON), transports });
}

async function get(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: withBytes(options.allowCredentials) };
  const found = await navigator.credentials.get({ publicKey });
  const { authenticatorData, clientDataJSON, signature, userHandle } = found.response;
  const response = { authenticatorData: text(authenticatorData), clientDataJSON: text(clientDataJSON), signature: text(signature) };
  if (userHandle) response.userHandle = text(userHandle);
  return answer(found, response);
}

function answer(credential, response) {
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

function say(form, words) {
  const note = form.querySelector("[data-passkey-note]");
  note.textContent = words;
  note.hidden = !words;
}

document.querySelectorAll("form[data-passkey]").forEach((form) => {
  const button = form.querySelector("[data-passkey-start]");
  const { publicKey } = JSON.parse(document.getElementById("passkey-options").textContent);
  const ask = form.dataset.passkey === "create" ? create : get;
  if (!window.PublicKeyCredential) {
    button.disabled = true;
    say(form, "这个浏览器不支持通行密钥，或者网站没有使用 https，请改用动态口令。");
    return;
  }
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    button.disabled = true;
    say(form, "");
    try {
      form.elements.credential.value = JSON.stringify(await ask(publicKey));
      form.submit();
    } catch (error) {
      say(form, WORDS[error.name] || "没有完成验证，请重试，或改用动态口令。");
      button.disabled = false;
    }
  });
});
