// data-fill-login and data-fill-password on a button: put a demo account into the login form.
document.querySelectorAll("[data-fill-login]").forEach((button) => {
  button.addEventListener("click", () => {
    document.getElementById("id_login").value = button.dataset.fillLogin;
    const password = document.getElementById("id_password");
    password.value = button.dataset.fillPassword;
    password.form.querySelector("[type=submit]").focus();
  });
});
